package dev.rocket.bootstrap.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.process.RunningRocket;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searching, keys, narrow screens, and the page about the interface. */
class PageUseIT {

    @TempDir private static Path profile;
    private static Browser browser;

    @TempDir private Path folder;
    private RunningRocket server;

    @BeforeAll
    static void open() throws IOException, InterruptedException {
        browser = Browser.start(profile);
    }

    @AfterAll
    static void shut() {
        browser.close();
    }

    @BeforeEach
    void start() throws IOException, InterruptedException {
        server = RunningRocket.start(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String label(String name) throws IOException, InterruptedException {
        String body = "{\"name\":\"" + name + "\",\"color\":\"#1e90ff\"}";
        return RunningRocket.member(server.ask("POST", "/v1/labels", body).body(), "id");
    }

    @Test
    void the_list_is_searched_filtered_and_ordered() throws IOException, InterruptedException {
        String home = label("home");
        TaskPage.made(server, "{\"title\":\"Paint the fence\",\"labels\":[\"" + home + "\"]}");
        TaskPage.made(server, "{\"title\":\"Paint a picture\",\"priority\":\"urgent\"}");
        TaskPage.made(server, "{\"title\":\"Sleep\",\"status\":\"done\"}");
        TaskPage page = TaskPage.enter(browser, server);
        Tab tab = page.tab();
        page.awaitRows(2);
        tab.type("#filter-q", "fen");
        page.awaitRows(1);
        page.awaitTitle("Paint the fence");
        TaskPage.made(server, "{\"title\":\"Mend the fence\"}");
        page.awaitRows(2);
        tab.type("#filter-q", "paint");
        page.awaitTitle("Paint a picture");
        tab.choose("#filter-label", "home");
        page.awaitRows(1);
        tab.choose("#filter-label", "Any label");
        tab.choose("#filter-order", "By priority");
        tab.await("document.querySelector('.title')?.textContent === 'Paint a picture'");
        assertTrue(tab.evaluate("location.search").contains("order=priority"));
        tab.open(tab.evaluate("location.href"));
        page.awaitLive();
        tab.await("document.querySelector('.title')?.textContent === 'Paint a picture'");
        page.awaitRows(2);
        page.assertClean();
    }

    @Test
    void everything_is_reached_by_keys() throws IOException, InterruptedException {
        TaskPage page = TaskPage.enter(browser, server);
        Tab tab = page.tab();
        tab.evaluate("document.activeElement.blur()");
        tab.press("n");
        tab.type("First");
        tab.press("Enter");
        page.awaitTitle("First");
        tab.await("document.querySelector('#add-title').value === ''");
        tab.type("Second");
        tab.press("Enter");
        page.awaitTitle("Second");
        tab.evaluate("document.activeElement.blur()");
        tab.press("ArrowDown");
        tab.press("ArrowDown");
        assertEquals("Second", tab.evaluate("document.activeElement.textContent"));
        tab.press("Enter");
        tab.awaitShown("#edit-title");
        tab.press("Escape");
        tab.await("!document.querySelector('#detail').open");
        tab.await("document.activeElement.textContent === 'Second'");
        tab.press("x");
        page.awaitRows(1);
        tab.await("document.activeElement.textContent === 'First'");
        tab.press("/");
        assertEquals("filter-q", tab.evaluate("document.activeElement.id"));
        page.assertClean();
    }

    @Test
    void nothing_is_cut_off_on_a_phone_in_either_colour() throws IOException, InterruptedException {
        String wide = "A title that is longer than a phone is wide, ".repeat(4).strip();
        String id = TaskPage.made(server, "{\"title\":\"" + wide + "\",\"priority\":\"high\"}");
        TaskPage.made(server, "{\"title\":\"" + "x".repeat(300) + "\",\"due\":\"2031-01-01\"}");
        TaskPage page = TaskPage.enter(browser, server);
        Tab tab = page.tab();
        tab.size(360, 740);
        page.awaitRows(2);
        tab.await("document.documentElement.scrollWidth <= 360");
        tab.click("[data-id='" + id + "'] .title");
        tab.awaitShown("#save");
        tab.await("document.querySelector('#detail').scrollWidth <= 360");
        String ground = "getComputedStyle(document.body).backgroundColor";
        tab.dark(false);
        String light = tab.evaluate(ground);
        tab.dark(true);
        tab.await(ground + " !== " + JsonTree.quote(light));
        page.assertClean();
    }

    @Test
    void a_server_that_asks_for_no_token_shows_its_tasks_at_once()
            throws IOException, InterruptedException {
        server.close();
        server = RunningRocket.start(folder, Map.of("ROCKET_AUTH", "off"));
        Tab tab = browser.tab();
        tab.open(server.url().toString());
        TaskPage page = new TaskPage(tab);
        page.awaitLive();
        page.add("Nobody asks");
        assertEquals("true", tab.evaluate("document.querySelector('#forget').hidden"));
        assertEquals(List.of(), tab.errors());
    }

    @Test
    void a_script_that_slipped_in_is_not_run_and_the_console_tells() {
        TaskPage page = TaskPage.enter(browser, server);
        page.assertClean();
        String slipped =
                page.tab()
                        .evaluate(
                                """
                                new Promise(done => {
                                  document.addEventListener('securitypolicyviolation',
                                      event => done(event.effectiveDirective));
                                  const script = document.createElement('script');
                                  script.textContent = 'window.slipped = true';
                                  document.body.append(script);
                                })
                                """);
        assertEquals("script-src-elem", slipped);
        assertEquals("false", page.tab().evaluate("'slipped' in window"));
        List<String> errors = page.tab().errors(401);
        assertEquals(1, errors.size(), errors.toString());
        assertTrue(errors.get(0).contains("Content Security Policy"), errors.toString());
    }

    @Test
    void the_api_page_shows_every_operation_of_the_document()
            throws IOException, InterruptedException {
        Map<String, Object> told = JsonTree.parse(server.ask("GET", "/openapi.json", "").body());
        Tab tab = browser.tab();
        tab.open(server.url() + "/api");
        tab.await("document.querySelector('#content')?.hasAttribute('aria-busy') === false");
        String paths =
                tab.evaluate(
                        "[...document.querySelectorAll('.path')].map(e => e.textContent).join()");
        assertTrue(paths.contains("/v1/tasks"), paths);
        for (String path : JsonTree.object(told, "paths").keySet()) {
            assertTrue(paths.contains(path), path + " is missing in " + paths);
        }
        assertTrue(tab.text("#createTask pre").startsWith("curl -X POST '"), tab.text());
        assertEquals("0", tab.evaluate("document.querySelectorAll('a[href=\"#\"]').length"));
        String dead =
                "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.hash.slice(1))"
                        + ".filter(id => !document.getElementById(id)).join()";
        assertEquals("", tab.evaluate(dead));
        tab.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })");
        tab.click("#listTasks .attempt button");
        tab.awaitShown("#listTasks .result .status");
        assertEquals("401", tab.text("#listTasks .result .status"));
        assertEquals(List.of(), tab.errors(401));
        tab.size(360, 740);
        tab.await("document.documentElement.scrollWidth <= 360");
    }
}
