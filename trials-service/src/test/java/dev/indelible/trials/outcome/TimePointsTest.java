package dev.indelible.trials.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Time frames as registries write them; the points in days.
class TimePointsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Week 16                              | 112
          16 weeks                             | 112
          Weeks 4, 8 and 12                    | 28 56 84
          4, 8 and 12 wks                      | 28 56 84
          Baseline to week 24                  | 168
          baseline                             | 0
          Day 1, 2 weeks                       | 1 14
          Day 1, Week 2, Week 4                | 1 14 28
          Week 4 to 6 months                   | 28 182.5
          one year                             | 365
          12 months                            | 365
          48 hours                             | 2
          Up to 0.5 days                       | 0.5
          ''                                   | ''
          at discharge                         | ''
          """)
  void readsPoints(String timeFrame, String days) {
    TreeSet<Long> expected =
        Arrays.stream(days.split(" "))
            .filter(day -> !day.isEmpty())
            .map(day -> new java.math.BigDecimal(day).multiply(java.math.BigDecimal.valueOf(86400)))
            .map(java.math.BigDecimal::longValueExact)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(expected, TimePoints.of(timeFrame).seconds());
  }
}
