package dev.indelible.ledger.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SimulationTest {
  @Test
  void probe() {
    Logger.getLogger("dev.indelible.ledger").setLevel(Level.OFF);
    long n = Long.getLong("indelible.seeds", 200);
    long t = System.nanoTime();
    TreeMap<String, Integer> kinds = new TreeMap<>();
    TreeMap<String, Long> first = new TreeMap<>();
    Surroundings.Rules rules = new Surroundings.Rules(!Boolean.getBoolean("nobarrier"), Integer.getInteger("former", 0));
    List<Simulation.Report> reports = LongStream.range(0, n).parallel().mapToObj(s -> Simulation.run(s, rules)).map(r -> new Simulation.Report(r.seed(), r.violations(), List.of(), r.frozen())).toList();
    for (Simulation.Report r : reports) {
      long s = r.seed();
      for (String v : r.violations().stream().distinct().toList()) {
        String k = v.replaceAll("[0-9]+", "#");
        kinds.merge(k, 1, Integer::sum);
        first.putIfAbsent(k, s);
      }
      if (r.frozen().isPresent()) {
        String k = "FROZEN " + r.frozen().get().replaceAll("[0-9]+", "#").replaceAll("[A-Za-z0-9+/]{20,}=", "H");
        kinds.merge(k, 1, Integer::sum);
        first.putIfAbsent(k, s);
      }
    }
    System.out.println(n + " seeds " + (System.nanoTime() - t) / 1_000_000 + " ms");
    kinds.forEach((k, v) -> System.out.println(v + " x " + k + " first " + first.get(k)));
    if (System.getProperty("indelible.seed") != null) {
      Simulation.Report r = Simulation.run(Long.getLong("indelible.seed"), rules);
      r.trace().forEach(System.out::println);
    }
  }
}
