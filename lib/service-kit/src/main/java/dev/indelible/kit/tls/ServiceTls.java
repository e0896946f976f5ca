package dev.indelible.kit.tls;

import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/// How processes of one deployment know each other over `https`: by the authority of the TLS
/// configuration `services` (`quarkus.tls.services.*`) and by no other. Where there is none, by
/// those that the JDK knows.
@ApplicationScoped
public class ServiceTls {
  private static final String CONFIGURATION = "services";

  private final Optional<TlsConfiguration> services;

  ServiceTls(TlsConfigurationRegistry registry) {
    this.services = registry.get(CONFIGURATION);
  }

  /// A client that expects the name of an address in the certificate of who answers there. It keeps
  /// the authority that there was when it was made.
  public HttpClient.Builder client() {
    HttpClient.Builder client = HttpClient.newBuilder();
    services.map(ServiceTls::context).ifPresent(client::sslContext);
    return client;
  }

  /// A client for addresses that are numbers, as those of pods are, which no certificate can name.
  ///
  /// @param name that the certificate has to name instead
  public HttpClient.Builder clientFor(String name) {
    SSLParameters parameters = new SSLParameters();
    // The JDK holds the certificate against the name that was asked for, if it can, and sets that
    // name itself only where the address has one.
    parameters.setServerNames(List.of(new SNIHostName(name)));
    return client().sslParameters(parameters);
  }

  private static SSLContext context(TlsConfiguration configuration) {
    try {
      return configuration.createSSLContext();
    } catch (Exception e) {
      throw new IllegalStateException("TLS configuration " + CONFIGURATION, e);
    }
  }
}
