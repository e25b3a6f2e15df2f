package org.soft4j.core.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.soft4j.core.UserError;

/** Where a download may lead, by address, mirror, environment and name; no server is asked. */
class AddressesTest {
  @Test
  void anHttpsAddressNeverLeadsToHttp() {
    URI https = URI.create("https://127.0.0.1/a");
    assertTrue(!Addresses.mayLead(https, URI.create("http://127.0.0.1/b")));
    assertTrue(Addresses.mayLead(https, URI.create("https://elsewhere.example/b")));
  }

  @Test
  void theEnvironmentSetsMirrorsAndOffline() {
    DownloadSettings settings =
        DownloadSettings.of(
            Map.of(
                "SOFT4J_MIRROR", "https://a.example=https://b.example, https://c.example=https://d",
                "SOFT4J_OFFLINE", "1"));
    assertTrue(settings.offline());
    URI address = URI.create("https://c.example/x");
    assertEquals(URI.create("https://d/x"), settings.mirrors().of(address));
    assertTrue(!DownloadSettings.of(Map.of("SOFT4J_OFFLINE", "0")).offline());
  }

  @Test
  void namesThatLeaveTheFolderAreRefused() {
    URI address = URI.create("https://example.org");
    for (String name : List.of("../x", "a/b", "", ".hidden", "a\\b")) {
      assertThrows(
          IllegalArgumentException.class, () -> new RemoteFile(name, address, 1, Optional.empty()));
    }
  }

  @Test
  void aMirrorThatIsNoHttpsAddressIsRefused() {
    assertThrows(UserError.class, () -> Mirrors.of(List.of("nonsense")));
    assertThrows(UserError.class, () -> Mirrors.of(List.of("https://a=http://192.0.2.1")));
    assertThrows(UserError.class, () -> Mirrors.of(List.of("https://a=https://b b")));
  }
}
