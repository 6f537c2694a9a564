package com.example.provisioning.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.development.DevelopmentPerson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What docker-compose.yml, Keycloak's realm, the proxy and the application say about each other. */
class ComposeTests {

    private final Map<String, Map<String, Object>> services;
    private final JsonNode realm;
    private final String proxy;

    @SuppressWarnings("unchecked")
    ComposeTests() throws IOException {
        var compose = (Map<String, Object>) new Yaml().load(Files.readString(Path.of("../docker-compose.yml")));
        this.services = (Map<String, Map<String, Object>>) compose.get("services");
        this.realm = new JsonMapper().readTree(Files.readString(Path.of("compose/realm.json")));
        this.proxy = Files.readString(Path.of("compose/proxy.conf"));
    }

    @Test
    void everyImageIsPinned() {
        assertThat(services).allSatisfy((name, service) -> assertThat((String) service.get("image"))
                .as(name)
                .matches("[a-z/-]+:[a-z0-9.]+")
                .doesNotEndWith(":latest"));
    }

    @Test
    void nothingIsPublishedBeyondThisMachine() {
        assertThat(services.values())
                .filteredOn(service -> service.containsKey("ports"))
                .isNotEmpty()
                .allSatisfy(service -> assertThat(service.get("ports").toString()).startsWith("[127.0.0.1:"));
    }

    @Test
    void theProxyKnowsEveryInstance() {
        assertThat(services.keySet()).filteredOn(name -> name.startsWith("app-")).hasSize(2).allSatisfy(
                instance -> assertThat(proxy).contains("server " + instance + ":8080 "));
    }

    @Test
    void theIssuerHasOneName() {
        var identity = services.get("identity");
        var hostname = ((Map<?, ?>) identity.get("environment")).get("KC_HOSTNAME").toString();
        var application = ((Map<?, ?>) services.get("app-2").get("environment"));

        for (var use : new String[] {"RESOURCESERVER_JWT_ISSUER_URI", "CLIENT_PROVIDER_COMPANY_ISSUER_URI"}) {
            assertThat(application.get("SPRING_SECURITY_OAUTH2_" + use))
                    .hasToString("${ISSUER_URI:-" + hostname + "/realms/" + realm.get("realm").asString() + "}");
        }
        assertThat(identity.get("networks").toString()).contains(hostname.replaceAll("http://|:8081", ""));
    }

    @Test
    void theRealmHasWhatTheApplicationAsksFor() throws IOException {
        var properties = PropertiesLoaderUtils.loadProperties(new ClassPathResource("application.properties"));
        var pages = client(properties.getProperty("spring.security.oauth2.client.registration.company.client-id"));
        var programs = client("provisioning-cli");

        assertThat(pages.at("/redirectUris/0").asString()).endsWith("/login/oauth2/code/company");
        assertThat(pages.at("/protocolMappers/0/config/claim.name").asString())
                .isEqualTo(properties.getProperty("provisioning.company-claim"));
        assertThat(programs.at("/protocolMappers/1/config/included.custom.audience").asString())
                .isEqualTo(properties.getProperty("spring.security.oauth2.resourceserver.jwt.audiences"));
    }

    @Test
    void everyFileThatIsMountedOrBuiltFromIsThere() {
        var files = services.values().stream()
                .flatMap(service -> ((List<?>) service.getOrDefault("volumes", List.of())).stream())
                .map(volume -> volume.toString().split(":")[0])
                .filter(file -> file.startsWith("./"));
        var built = services.values().stream()
                .map(service -> (Map<?, ?>) service.get("build"))
                .filter(Objects::nonNull)
                .map(build -> build.get("dockerfile").toString());
        assertThat(Stream.concat(files, built)).hasSizeGreaterThan(4).allSatisfy(
                file -> assertThat(Path.of("..", file)).isRegularFile());
    }

    @Test
    void peopleComeBackToTheAddressThatTheProxyHas() {
        var published = services.get("proxy").get("ports").toString().replaceAll("\\[127\\.0\\.0\\.1:(\\d+):.*", "$1");
        assertThat(client("provisioning-pages").get("redirectUris").valueStream().map(JsonNode::asString))
                .containsExactly("http://localhost:" + published + "/login/oauth2/code/company");
        assertThat(proxy).contains("listen " + published + ";", "X-Forwarded-Port $server_port");
    }

    /** As the application reads its environment, with the default of each ${NAME:-default}. */
    @Test
    void theApplicationUnderstandsItsEnvironment() {
        var variables = new HashMap<String, Object>();
        ((Map<?, ?>) services.get("app-1").get("environment")).forEach((name, value) -> variables.put(
                name.toString(), value.toString().replaceAll("\\$\\{\\w+:-([^}]*)}", "$1")));
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new SystemEnvironmentPropertySource("systemEnvironment", variables));
        ConfigurationPropertySources.attach(environment);

        assertThat(environment.getProperty("provisioning.session.secure-cookie")).isEqualTo("false");
        assertThat(environment.getProperty("provisioning.webhook.secret")).isEmpty();
        assertThat(environment.getProperty("spring.datasource.url")).endsWith("//database:5432/provisioning");
        assertThat(environment.getProperty("spring.security.oauth2.client.registration.company.client-secret"))
                .isEqualTo(client("provisioning-pages").get("secret").asString());
        assertThat(environment.getProperty("spring.security.oauth2.client.provider.company.issuer-uri"))
                .isEqualTo(environment.getProperty("spring.security.oauth2.resourceserver.jwt.issuer-uri"))
                .endsWith("/realms/" + realm.get("realm").asString());
    }

    @Test
    void theRealmHasThePeopleOfTheDevelopmentIssuer() {
        var people = realm.get("users").valueStream().map(user -> {
            var claims = new HashMap<String, Object>(Map.of(
                    "sub", user.get("username").asString(),
                    "name", user.get("firstName").asString(),
                    "email", user.get("email").asString(),
                    "email_verified", user.get("emailVerified").asBoolean()));
            user.at("/attributes/company").forEach(company -> claims.put("company", company.asString()));
            return claims;
        });
        assertThat(people).containsExactlyElementsOf(
                Stream.of(DevelopmentPerson.values()).map(person -> new HashMap<>(person.claims())).toList());
        assertThat(realm.get("users").valueStream()).allSatisfy(user -> {
            assertThat(user.get("enabled").asBoolean()).isTrue();
            assertThat(user.at("/credentials/0/value")).isEqualTo(user.get("username"));
        });
    }

    private JsonNode client(String id) {
        return realm.get("clients").valueStream()
                .filter(client -> client.get("clientId").asString().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("The realm has no client " + id));
    }
}
