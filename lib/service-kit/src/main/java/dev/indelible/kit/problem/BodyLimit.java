package dev.indelible.kit.problem;

import io.quarkus.runtime.configuration.MemorySize;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Ends the reading of a body that did not announce its length and is too long; one that did was
/// judged by its head, see [RequestHead]. Public only because the code that Quarkus generates
/// around it may be loaded elsewhere.
@Provider
public class BodyLimit implements ReaderInterceptor {
  private final long limit;

  @Inject
  BodyLimit(@ConfigProperty(name = "indelible.http.max-body-size") MemorySize limit) {
    this.limit = limit.asLongValue();
  }

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    if (!context.getHeaders().containsKey(HttpHeaders.CONTENT_LENGTH)) {
      context.setInputStream(new Limited(context.getInputStream(), limit));
    }
    return context.proceed();
  }

  /// The refusal of a body of more than so many bytes.
  static Rejection tooLarge(long limit) {
    return Rejection.of(CommonProblem.TOO_LARGE, "At most " + limit + " bytes are read.");
  }

  private static final class Limited extends FilterInputStream {
    private final long limit;
    private long read;

    Limited(InputStream in, long limit) {
      super(in);
      this.limit = limit;
    }

    @Override
    public int read() throws IOException {
      int next = super.read();
      count(next < 0 ? 0 : 1);
      return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int more = super.read(into, offset, length);
      count(Math.max(more, 0));
      return more;
    }

    private void count(int more) {
      read += more;
      if (read > limit) {
        throw tooLarge(limit);
      }
    }
  }
}
