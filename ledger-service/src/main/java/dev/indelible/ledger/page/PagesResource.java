package dev.indelible.ledger.page;

import dev.indelible.kit.problem.Rejection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Two pages for people. Both are whole in themselves and load nothing.
@Path("/")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
public class PagesResource {
  private final HomePage home;

  PagesResource(HomePage home) {
    this.home = home;
  }

  /// The state of the logs.
  @GET
  @PermitAll
  public Response home() {
    return ContentSecurity.page(home.html());
  }

  /// The verifier, which runs in the browser and sends nothing anywhere.
  @GET
  @Path("/verify")
  @PermitAll
  public Response verify() {
    try (InputStream page = PagesResource.class.getResourceAsStream("/pages/verify.html")) {
      if (page == null) {
        throw Rejection.notFound();
      }
      return ContentSecurity.page(new String(page.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
