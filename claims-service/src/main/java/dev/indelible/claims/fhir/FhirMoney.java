package dev.indelible.claims.fhir;

import java.math.BigDecimal;
import java.util.Currency;
import org.hl7.fhir.r4.model.Money;

/// Turns FHIR's decimal amounts into integer minor units, exactly or not at all.
final class FhirMoney {
  private FhirMoney() {}

  /// The amount in the currency's smallest unit.
  ///
  /// @throws ArithmeticException when the amount is finer than the currency or too large
  /// @throws IllegalArgumentException when the currency is unknown
  static long minor(Money money) {
    int digits = Currency.getInstance(money.getCurrency()).getDefaultFractionDigits();
    if (digits < 0) {
      throw new IllegalArgumentException("a currency without a smallest unit");
    }
    BigDecimal value = money.getValue();
    return value.setScale(digits).unscaledValue().longValueExact();
  }
}
