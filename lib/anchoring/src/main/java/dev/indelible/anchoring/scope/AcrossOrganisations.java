package dev.indelible.anchoring.scope;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Transactions begun in this method see and change the rows of every organisation, not of the
/// caller's alone. For work that nobody called for, and for the operations to which
/// `identity/access.csv` gives the records of `all`.
@InterceptorBinding
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface AcrossOrganisations {
  /// The roles that a caller must have one of; without one it sees its own organisation's rows.
  /// None named: whoever calls, and nobody is asked who it is.
  @Nonbinding
  String[] value() default {};
}
