package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class ContractTest {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    @Test
    void theRoutesAndTheContractAreTheSame() throws IOException {
        Set<String> served = new TreeSet<>();
        AdminTestServer.routes()
                .forEach(route -> served.add(route.method().name() + " " + route.path() + " " + route.status()));
        assertThat(served).isEqualTo(promised()).hasSizeGreaterThan(30);
    }

    private static Set<String> promised() throws IOException {
        Set<String> promised = new TreeSet<>();
        try (InputStream contract = AdminVerticle.class.getResourceAsStream("/admin-openapi.yaml")) {
            Map<String, Object> document = new Yaml().load(contract);
            members(document, "paths")
                    .forEach((path, item) -> members(item).forEach((method, operation) -> {
                        if (METHODS.contains(method)) {
                            String status = members(operation, "responses").keySet().stream()
                                    .filter(name -> name.startsWith("2"))
                                    .findFirst()
                                    .orElseThrow();
                            promised.add(method.toUpperCase(Locale.ROOT) + " " + path + " " + status);
                        }
                    }));
        }
        return promised;
    }

    private static Map<String, Object> members(Object object, String name) {
        return members(members(object).get(name));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> members(Object object) {
        return (Map<String, Object>) object;
    }
}
