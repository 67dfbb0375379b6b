package dev.rocket.bootstrap.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.process.RunningRocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged server's page, used as people use it, in a real browser. */
class PageIT {

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

    @Test
    void the_setup_link_leads_to_a_token_and_the_first_task()
            throws IOException, InterruptedException {
        server.close();
        Path fresh = Files.createDirectory(folder.resolve("fresh"));
        server = RunningRocket.start(fresh, Map.of());
        String link = server.url() + "/#setup=" + server.setup().orElseThrow();
        Tab tab = browser.tab();
        tab.open(link);
        tab.type("#setup-name", "Home");
        tab.click("#entry form button");
        tab.awaitShown("#secret");
        String token = tab.text("#secret");
        assertEquals("", tab.evaluate("location.hash"), "the link must not stay in the address");
        tab.click("#kept");
        TaskPage tasks = new TaskPage(tab);
        tasks.awaitLive();
        tasks.add("Write the first task");
        String tasksNow = server.ask("GET", "/v1/tasks", "", token).body();
        assertTrue(tasksNow.contains("Write the first task"), tasksNow);
        assertEquals(List.of(), tab.errors());
        Tab late = browser.tab();
        late.open(link);
        late.click("#entry form button");
        late.awaitShown("#entry .problem");
        assertFalse(late.text("#entry .problem").isBlank());
        assertEquals(List.of(), late.errors(409));
    }

    @Test
    void a_wrong_token_is_told_and_a_right_one_may_follow_and_be_forgotten() {
        Tab tab = browser.tab();
        tab.open(server.url().toString());
        tab.type("#token", "wrong");
        tab.click("#entry form button");
        tab.awaitShown("#entry .problem");
        assertTrue(tab.text("#entry .problem").contains("Not a valid token"), tab.text());
        tab.type("#token", RunningRocket.TOKEN);
        tab.click("#entry form button");
        new TaskPage(tab).awaitLive();
        tab.click("#forget");
        tab.awaitShown("#token");
        assertEquals("0", tab.evaluate("sessionStorage.length"));
        assertEquals(List.of(), tab.errors(401));
    }

    @Test
    void what_another_client_does_shows_at_once() throws IOException, InterruptedException {
        TaskPage page = TaskPage.enter(browser, server);
        Tab tab = page.tab();
        String id = TaskPage.made(server, "{\"title\":\"Buy milk\"}");
        page.awaitTitle("Buy milk");
        String change = "{\"title\":\"Buy bread\",\"priority\":\"urgent\"}";
        server.ask("PATCH", "/v1/tasks/" + id, change);
        page.awaitTitle("Buy bread");
        tab.awaitShown(".chip.urgent");
        server.ask("PATCH", "/v1/tasks/" + id, "{\"status\":\"done\"}");
        page.awaitRows(0);
        server.ask("PATCH", "/v1/tasks/" + id, "{\"status\":\"open\"}");
        page.awaitRows(1);
        server.ask("DELETE", "/v1/tasks/" + id, "");
        page.awaitRows(0);
        page.assertClean();
    }

    @Test
    void two_tabs_see_each_other() {
        TaskPage one = TaskPage.enter(browser, server);
        TaskPage other = TaskPage.enter(browser, server);
        one.add("Water the plants");
        other.awaitTitle("Water the plants");
        other.tab().click(".tick");
        one.awaitRows(0);
        one.filter("done");
        one.awaitTitle("Water the plants");
        one.tab().click(".title");
        one.tab().type("#comment-text", "Twice a week");
        other.filter("all");
        other.tab().click(".title");
        other.tab().awaitShown("#comment");
        one.tab().click("#comment button");
        other.tab()
                .await("document.querySelector('.comments .text')?.textContent === 'Twice a week'");
        one.assertClean();
        other.assertClean();
    }

    @Test
    void a_task_is_edited_in_every_field() throws IOException, InterruptedException {
        String id = TaskPage.made(server, "{\"title\":\"Plan\"}");
        TaskPage page = TaskPage.enter(browser, server);
        Tab tab = page.tab();
        tab.click(".title");
        tab.type("#edit-title", "Plan the trip");
        tab.type("#edit-notes", "By train\nTwo nights");
        tab.choose("#edit-status", "In progress");
        tab.choose("#edit-priority", "High");
        tab.evaluate("document.querySelector('#edit-day').value = '2031-05-04'");
        tab.evaluate("document.querySelector('#edit-time').value = '09:30'");
        tab.type("#detail [aria-label='New project']", "Summer");
        tab.press("Enter");
        tab.await("document.querySelector('#edit-project').value !== ''");
        tab.type("#detail [aria-label='New label']", "travel");
        tab.press("Enter");
        tab.awaitShown(".pick input:checked");
        tab.click("#save");
        tab.await("!document.querySelector('#detail').open");
        page.awaitTitle("Plan the trip");
        Map<String, Object> task = JsonTree.parse(server.ask("GET", "/v1/tasks/" + id, "").body());
        assertEquals("By train\nTwo nights", JsonTree.text(task, "notes"));
        assertEquals("in_progress", JsonTree.text(task, "status"));
        assertEquals("high", JsonTree.text(task, "priority"));
        assertEquals("2031-05-04T09:30:00", JsonTree.text(task, "due"));
        assertFalse(JsonTree.text(task, "project").isEmpty(), task.toString());
        assertTrue(JsonTree.text(task, "labels").contains("-"), task.toString());
        tab.await("[...document.querySelectorAll('.chip')].some(e => e.textContent === 'Summer')");
        page.assertClean();
    }
}
