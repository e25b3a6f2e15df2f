package org.soft4j.core.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.UserError;

/** Servers on this machine whose certificates keytool makes. */
@Timeout(30)
@Tag("slow")
class CertificatesTest {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final String HERE = "san=ip:127.0.0.1,dns:localhost";

  @TempDir Path folder;

  @Test
  void aCertificateThatNobodyVouchesForIsToldAtOnceAndHowToTrustIt() throws Exception {
    UserError error = refused(store("own", "-ext", HERE));
    assertTrue(
        error
            .getMessage()
            .matches(
                "The certificate of https://127\\.0\\.0\\.1:\\d+/file is not trusted: it is signed"
                    + " by itself, and no authority vouches for it\\. It is for CN=own, O=Tests,"
                    + " issued by CN=own, O=Tests, valid from \\d{4}-\\d\\d-\\d\\d to"
                    + " \\d{4}-\\d\\d-\\d\\d\\."),
        error::toString);
    assertTrue(error.remedy().contains("export SOFT4J_CA_FILE=/path/to/ca.pem"), error::toString);
  }

  @Test
  void anExpiredOneIsToldWithItsDay() throws Exception {
    Path store =
        store("old", "-ext", HERE, "-startdate", "2019/01/01 00:00:00", "-validity", "365");
    UserError error = refused(store);
    assertTrue(error.getMessage().contains("it expired on 2020-01-01."), error::toString);
    assertTrue(error.remedy().contains("must renew it"), error::toString);
  }

  @Test
  void oneOfTheFutureIsToldWithThisMachinesDay() throws Exception {
    UserError error = refused(store("new", "-ext", HERE, "-startdate", "2090/01/01 00:00:00"));
    assertTrue(error.getMessage().contains("it holds from 2090-01-01 on."), error::toString);
    assertTrue(error.remedy().contains("this machine's clock"), error::toString);
  }

  @Test
  void aTrustedOneForAnotherHostIsToldWithItsNames() throws Exception {
    Path store = store("else", "-ext", "san=dns:example.org,dns:www.example.org");
    try (Server server = new Server(store)) {
      UserError error = refused(server, Certificates.context(Map.of("SOFT4J_CA_FILE", pem(store))));
      assertTrue(
          error
              .getMessage()
              .contains("it is for other names than 127.0.0.1: [example.org, www.example.org]."),
          error::toString);
    }
  }

  @Test
  void theFileOfAuthoritiesIsTrustedBesideJavasOwn() throws Exception {
    Path store = store("own", "-ext", HERE);
    try (Server server = new Server(store)) {
      SSLContext context = Certificates.context(Map.of("SOFT4J_CA_FILE", pem(store)));
      assertEquals("served", get(server.address(), context));
    }
  }

  @Test
  void aFileWithoutCertificatesIsRefusedByName() throws IOException {
    Path file = Files.writeString(folder.resolve("no.pem"), "nothing");
    for (String name : List.of(file.toString(), folder.resolve("absent").toString())) {
      UserError error =
          assertThrows(UserError.class, () -> Certificates.context(Map.of("SOFT4J_CA_FILE", name)));
      assertTrue(error.getMessage().contains("SOFT4J_CA_FILE is " + name), error::toString);
    }
  }

  /** A web server's answer to what it cannot read. */
  @Test
  void aServerWithoutTlsIsToldAtOnce() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 1, loopback())) {
      Thread server = new Thread(() -> answer(plain));
      server.setDaemon(true);
      server.start();
      String address = "https://127.0.0.1:" + plain.getLocalPort() + "/file";
      UserError error = assertThrows(UserError.class, () -> fetch(address));
      assertEquals(address + " does not speak TLS.", error.getMessage());
    }
  }

  private static void answer(ServerSocket plain) {
    try (Socket client = plain.accept()) {
      client.getInputStream().read(new byte[4096]);
      client
          .getOutputStream()
          .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      client.getInputStream().read();
    } catch (IOException ended) {
      throw new UncheckedIOException(ended);
    }
  }

  private UserError refused(Path store) throws Exception {
    try (Server server = new Server(store)) {
      long began = System.nanoTime();
      UserError error = assertThrows(UserError.class, () -> fetch(server.address()));
      assertTrue(System.nanoTime() - began < 10_000_000_000L, "told at once");
      return error;
    }
  }

  private static UserError refused(Server server, SSLContext context) {
    IOException failure = assertThrows(IOException.class, () -> get(server.address(), context));
    return Certificates.refusal(URI.create(server.address()), failure).orElseThrow();
  }

  /** With the patience of a user's settings: a minute and more, were it tried again. */
  private void fetch(String address) throws IOException {
    RemoteFile file = new RemoteFile("file", URI.create(address), 6, Optional.empty());
    new Downloader(DownloadSettings.DEFAULT)
        .fetch(file, folder.resolve("fetched"), DownloadProgress.NONE);
  }

  private static String get(String address, SSLContext context)
      throws IOException, InterruptedException {
    HttpClient client =
        HttpClient.newBuilder().sslContext(context).connectTimeout(Duration.ofSeconds(20)).build();
    return client
        .send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
        .body();
  }

  private Path store(String name, String... more) throws Exception {
    Path store = folder.resolve(name + ".p12");
    List<String> words =
        new ArrayList<>(List.of("-genkeypair", "-alias", "a", "-keyalg", "EC", "-dname"));
    words.addAll(List.of("CN=" + name + ", O=Tests", "-keystore", store.toString()));
    words.addAll(List.of("-storetype", "PKCS12", "-storepass", new String(PASSWORD)));
    words.addAll(List.of(more));
    keytool(words);
    return store;
  }

  private String pem(Path store) throws Exception {
    Path file = folder.resolve("ca.pem");
    keytool(
        List.of(
            "-exportcert",
            "-rfc",
            "-alias",
            "a",
            "-keystore",
            store.toString(),
            "-storepass",
            new String(PASSWORD),
            "-file",
            file.toString()));
    return file.toString();
  }

  private static void keytool(List<String> words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString()));
    command.addAll(words);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
  }

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByName("127.0.0.1");
  }

  /** Serves one file under a certificate. */
  private static final class Server implements AutoCloseable {
    private final HttpsServer server;

    Server(Path store) throws Exception {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(store)) {
        keys.load(in, PASSWORD);
      }
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      server = HttpsServer.create(new InetSocketAddress(loopback(), 0), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(context));
      server.createContext(
          "/",
          exchange -> {
            exchange.sendResponseHeaders(200, 6);
            exchange.getResponseBody().write("served".getBytes(StandardCharsets.UTF_8));
            exchange.close();
          });
      server.start();
    }

    String address() {
      return "https://127.0.0.1:" + server.getAddress().getPort() + "/file";
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
