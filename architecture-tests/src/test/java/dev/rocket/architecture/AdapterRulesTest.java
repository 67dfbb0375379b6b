package dev.rocket.architecture;

import static dev.rocket.architecture.Violations.assertCaught;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AdapterRulesTest {

    private static final String PLANTED = "dev.rocket.architecture.planted.adapter.";
    private static final JavaClasses FIELD = House.planted("adapter");

    private static final List<String> STORES = List.of("dev.rocket.sqlite", "dev.rocket.postgres");

    private static final List<String> JDBC =
            List.of("java.sql", "javax.sql", "org.sqlite", "org.postgresql", "com.zaxxer.hikari");

    /** All but the connection, with which an embedder joins a transaction of its own. */
    private static final List<String> BEHIND_CONNECTION =
            List.of(
                    "java.sql.PreparedStatement",
                    "java.sql.ResultSet",
                    "java.sql.SQLException",
                    "java.sql.Statement",
                    "javax.sql",
                    "org.postgresql",
                    "com.zaxxer.hikari");

    private static final List<String> CHANGES =
            List.of(
                    "dev.rocket.core.port.Loader.changes",
                    "dev.rocket.core.port.Loader.finish",
                    "dev.rocket.core.port.Loader.receipts",
                    "dev.rocket.core.port.Store.write",
                    "dev.rocket.core.port.Transaction.apply",
                    "dev.rocket.core.port.Transaction.forget",
                    "dev.rocket.core.port.Transaction.remember");

    @Test
    void only_once_and_operations_apply_changes() {
        List<String> doors = List.of("dev.rocket.core.usecase.Once", "dev.rocket.core.operation");
        AdapterRules.goThrough(CHANGES, doors).check(House.CLASSES);
    }

    @Test
    void a_change_beside_the_door_is_found() {
        ArchRule rule =
                AdapterRules.goThrough(
                        List.of(PLANTED + "port.Ledger.change"), List.of(PLANTED + "core.Porter"));
        assertCaught(rule, FIELD, "Smuggler");
    }

    @Test
    void a_door_that_nobody_goes_through_fails() {
        ArchRule rule =
                AdapterRules.goThrough(
                        List.of(PLANTED + "port.Ledger.vanish"), List.of(PLANTED + "core"));
        assertThrows(AssertionError.class, () -> rule.check(FIELD));
    }

    @Test
    void entities_are_made_by_the_core_and_by_readers_of_foreign_files() {
        List<String> births =
                Stream.of("Task", "Project", "Label", "Member", "Comment", "Token")
                        .map(kind -> "dev.rocket.core.model." + kind + ".<init>")
                        .toList();
        List<String> makers = List.of("dev.rocket.core", "dev.rocket.bootstrap.exchange");
        AdapterRules.goThrough(births, makers).check(House.CLASSES);
    }

    @Test
    void only_the_outbox_sends_over_a_socket() {
        AdapterRules.goThrough(
                        List.of("dev.rocket.http.websocket.Link.send"),
                        List.of(
                                "dev.rocket.http.live.Outbox",
                                "dev.rocket.http.live.Echo",
                                "dev.rocket.http.websocket"))
                .check(House.CLASSES);
    }

    @Test
    void jdbc_stays_in_the_store_adapters() {
        AdapterRules.stayIn(JDBC, STORES).check(House.CLASSES);
    }

    @Test
    void jdbc_outside_a_store_is_found() {
        ArchRule rule = AdapterRules.stayIn(JDBC, List.of(PLANTED + "store", PLANTED + "face"));
        assertCaught(rule, FIELD, "Peeper");
    }

    @Test
    void a_library_that_nobody_uses_fails() {
        ArchRule rule = AdapterRules.stayIn(List.of("org.nowhere"), List.of(PLANTED + "store"));
        assertThrows(AssertionError.class, () -> rule.check(FIELD));
    }

    @Test
    void the_server_library_stays_in_http() {
        AdapterRules.stayIn(List.of("io.helidon"), List.of("dev.rocket.http")).check(House.CLASSES);
    }

    @Test
    void the_library_for_buckets_stays_with_the_vaults() {
        List<String> vaults = List.of("dev.rocket.bootstrap.vault");
        AdapterRules.stayIn(List.of("software.amazon"), vaults).check(House.CLASSES);
        AdapterRules.hide("dev.rocket.bootstrap.vault", List.of("software.amazon"))
                .check(House.CLASSES);
    }

    @Test
    void the_server_library_appears_in_no_public_signature() {
        List<String> inside = List.of("io.helidon", "io.prometheus", "com.fasterxml.jackson");
        AdapterRules.hide("dev.rocket.http", inside).check(House.CLASSES);
        AdapterRules.hide("dev.rocket.http.observe", inside).check(House.CLASSES);
        AdapterRules.hide("dev.rocket.sqlite", JDBC).check(House.CLASSES);
        AdapterRules.hide("dev.rocket.postgres", BEHIND_CONNECTION).check(House.CLASSES);
    }

    @Test
    void a_library_in_a_public_signature_is_found() {
        assertCaught(AdapterRules.hide(PLANTED + "face", JDBC), FIELD, "Indiscreet", "Heir");
    }

    @Test
    void refusals_are_answered_in_problems_alone() {
        AdapterRules.stayIn(
                        "dev.rocket.http",
                        List.of("dev.rocket.core.model.Refusal"),
                        List.of("dev.rocket.http.wire.Problems"))
                .check(House.CLASSES);
    }

    @Test
    void refusals_are_caught_where_they_are_led_to_problems() {
        AdapterRules.caughtOnlyIn(
                        "dev.rocket.http",
                        "dev.rocket.core.model.Refused",
                        List.of(
                                "dev.rocket.http.api.BatchRoutes",
                                "dev.rocket.http.guard.Guards",
                                "dev.rocket.http.live.LiveSocket"))
                .check(House.CLASSES);
    }

    @Test
    void an_exception_that_is_swallowed_elsewhere_is_found() {
        ArchRule rule =
                AdapterRules.caughtOnlyIn(
                        PLANTED + "shop",
                        "java.io.UncheckedIOException",
                        List.of(PLANTED + "shop.Builder"));
        assertCaught(rule, FIELD, "Swallower");
    }

    @Test
    void a_use_in_the_wrong_place_of_a_room_is_found() {
        List<String> store = List.of(PLANTED + "store.FileStore");
        ArchRule rule =
                AdapterRules.stayIn(PLANTED + "shop", store, List.of(PLANTED + "shop.Builder"));
        assertCaught(rule, FIELD, "Pretender");
    }

    @Test
    void only_wiring_builds_adapters() {
        AdapterRules.buildAlone(
                        List.of(
                                "dev.rocket.bootstrap.wiring.Wiring",
                                "dev.rocket.bootstrap.wiring.StoreKit"),
                        List.of(
                                "dev.rocket.sqlite",
                                "dev.rocket.postgres",
                                "dev.rocket.http",
                                "dev.rocket.bootstrap.vault"))
                .check(House.CLASSES);
    }

    @Test
    void an_adapter_that_somebody_else_builds_is_found() {
        ArchRule rule =
                AdapterRules.buildAlone(
                        List.of(PLANTED + "shop.Builder"), List.of(PLANTED + "store"));
        assertCaught(rule, FIELD, "Pretender");
    }

    @Test
    void sql_failures_are_told_by_code() {
        STORES.forEach(store -> AdapterRules.tellByCode(store).check(House.CLASSES));
    }

    @Test
    void a_failure_told_by_its_message_is_found() {
        assertCaught(AdapterRules.tellByCode(PLANTED + "store"), FIELD, "Guesser", "Fox");
    }
}
