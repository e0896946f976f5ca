package dev.indelible.local.testing;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/// How many objects of some classes this process holds on to, by a full collection.
public final class Alive {
  private Alive() {}

  /// Walks through a stream, and counts on the way.
  ///
  /// @param after so many elements
  /// @param classes by their full names
  /// @return how many objects of the class of which there were most
  public static long most(Stream<?> stream, long after, List<String> classes) {
    AtomicLong walked = new AtomicLong();
    AtomicLong most = new AtomicLong(-1);
    stream.forEach(
        ignored -> {
          if (walked.incrementAndGet() == after) {
            most.set(classes.stream().mapToLong(Alive::count).max().orElseThrow());
          }
        });
    if (most.get() < 0) {
      throw new IllegalStateException("only " + walked + " elements");
    }
    return most.get();
  }

  private static long count(String name) {
    return histogram()
        .lines()
        .map(line -> line.strip().split("\\s+"))
        .filter(words -> words.length > 3 && words[3].equals(name))
        .mapToLong(words -> Long.parseLong(words[1]))
        .sum();
  }

  private static String histogram() {
    try {
      return (String)
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "gcClassHistogram",
                  new Object[] {new String[0]},
                  new String[] {String[].class.getName()});
    } catch (JMException e) {
      throw new IllegalStateException("this JVM does not count objects", e);
    }
  }
}
