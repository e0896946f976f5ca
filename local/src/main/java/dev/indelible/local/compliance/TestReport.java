package dev.indelible.local.compliance;

import dev.indelible.local.compliance.TaggedTest.Result;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// The events that JUnit writes about a run (Open Test Reporting 0.2.0): a test starts, with its
/// tags, and finishes, with its result.
final class TestReport {
  private final XMLStreamReader xml;
  private final Map<String, Started> running = new HashMap<>();
  private final List<TaggedTest> tests = new ArrayList<>();
  private boolean hasBegun;

  /// A test that has not finished.
  private record Started(Set<String> tags, StringBuilder type, StringBuilder name) {}

  private TestReport(XMLStreamReader xml) {
    this.xml = xml;
  }

  /// Reads the tests of a run, those without tags left out. Of a run that goes on, or was cut off,
  /// those that had finished.
  ///
  /// @throws IOException when it cannot be read, or is something else
  static List<TaggedTest> read(Path file) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    try (InputStream in = Files.newInputStream(file)) {
      TestReport report = new TestReport(factory.createXMLStreamReader(in));
      try {
        report.read();
      } catch (XMLStreamException e) {
        if (!report.hasBegun) {
          throw e;
        }
      }
      return report.tests;
    } catch (XMLStreamException e) {
      throw new IOException(file + " is no report of tests: " + e.getMessage(), e);
    }
  }

  private void read() throws XMLStreamException {
    Started last = new Started(Set.of(), new StringBuilder(), new StringBuilder());
    String finished = "";
    while (xml.hasNext()) {
      if (xml.next() != XMLStreamConstants.START_ELEMENT) {
        continue;
      }
      switch (xml.getLocalName()) {
        case "started" -> {
          hasBegun = true;
          last = new Started(new LinkedHashSet<>(), new StringBuilder(), new StringBuilder());
          running.put(attribute("id"), last);
        }
        case "tag" -> last.tags().add(xml.getElementText());
        case "type" -> last.type().append(xml.getElementText());
        case "methodSource" -> last.name().append(attribute("className"));
        case "finished" -> finished = attribute("id");
        case "result" -> finish(running.remove(finished));
        default -> {}
      }
    }
  }

  private void finish(@Nullable Started test) {
    if (test != null && test.type().toString().equals("TEST") && !test.tags().isEmpty()) {
      String name = test.name().toString();
      tests.add(
          new TaggedTest(
              name.substring(name.lastIndexOf('.') + 1),
              Set.copyOf(test.tags()),
              Result.valueOf(attribute("status"))));
    }
  }

  private String attribute(String name) {
    return String.valueOf(xml.getAttributeValue(null, name));
  }
}
