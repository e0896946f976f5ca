package dev.indelible.kit;

import dev.indelible.kit.identity.Caller;
import dev.indelible.kit.identity.CurrentCaller;
import dev.indelible.kit.identity.FreshAuthentication;
import dev.indelible.kit.identity.Roles;
import dev.indelible.kit.json.StrictJson;
import dev.indelible.kit.problem.CommonProblem;
import dev.indelible.kit.problem.Problem;
import dev.indelible.kit.problem.ProblemForm;
import dev.indelible.kit.problem.Rejection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;

/// A service of a few lines, with everything that a service may refuse.
@Path("/echo")
@RunOnVirtualThread
public class EchoResource {
  public record Line(String code, int quantity, Kind kind) {
    public Line {
      if (quantity < 1) {
        throw new IllegalArgumentException("quantity has to be at least 1");
      }
    }
  }

  public enum Kind {
    NEW,
    USED
  }

  public record Order(String id, List<Line> lines) {}

  @Inject StrictJson json;
  @Inject CurrentCaller caller;

  @POST
  @PermitAll
  @Consumes("application/json")
  public String read(byte[] body) {
    return json.read(body, Order.class).id();
  }

  @GET
  @Path("/tenant")
  @RolesAllowed(Roles.SPONSOR)
  public String tenant() {
    Caller current = caller.get();
    return current.subject() + " " + current.requireOrganisation();
  }

  @GET
  @Path("/grave")
  @RolesAllowed(Roles.OPERATOR)
  @FreshAuthentication
  public String grave() {
    return "done";
  }

  @GET
  @Path("/refused")
  @PermitAll
  public String refused() {
    throw Rejection.of(CommonProblem.UNAVAILABLE, "later").with("duplicateOf", List.of(1, 2));
  }

  @GET
  @Path("/fhir")
  @PermitAll
  public String otherForm() {
    throw Rejection.notFound();
  }

  @GET
  @Path("/broken")
  @PermitAll
  public String broken() {
    throw new IllegalStateException("secret detail");
  }

  @ApplicationScoped
  static class OtherForm implements ProblemForm {
    @Override
    public boolean covers(String path) {
      return path.endsWith("/fhir");
    }

    @Override
    public Response response(Problem problem) {
      return Response.status(problem.status()).entity("outcome " + problem.code()).build();
    }
  }
}
