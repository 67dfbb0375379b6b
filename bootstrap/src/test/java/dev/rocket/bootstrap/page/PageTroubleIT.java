package dev.rocket.bootstrap.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.process.RunningRocket;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page does when others are faster, hostile, gone, or many. */
class PageTroubleIT {

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

    private String title(String id) throws IOException, InterruptedException {
        return RunningRocket.member(server.ask("GET", "/v1/tasks/" + id, "").body(), "title");
    }

    private void edit(String id, String body) throws IOException, InterruptedException {
        assertEquals(200, server.ask("PATCH", "/v1/tasks/" + id, body).statusCode());
    }

    @Test
    void an_edit_that_comes_too_late_shows_the_other_one()
            throws IOException, InterruptedException {
        String id = TaskPage.made(server, "{\"title\":\"Ours\"}");
        TaskPage page = TaskPage.enter(browser, server);
        Tab tab = page.tab();
        tab.click(".title");
        tab.type("#edit-title", "Mine");
        edit(id, "{\"title\":\"Theirs\"}");
        tab.awaitShown("#detail .problem");
        tab.click("#save");
        tab.await("document.querySelector('#edit-title').value === 'Theirs'");
        assertTrue(tab.text("#detail .problem").contains("Somebody else changed"), tab.text());
        assertEquals("Theirs", title(id));
        tab.click("#detail .problem button");
        assertEquals("Mine", tab.evaluate("document.querySelector('#edit-title').value"));
        tab.click("#save");
        tab.await("!document.querySelector('#detail').open");
        page.awaitTitle("Mine");
        assertEquals("Mine", title(id));
        page.assertClean(412);
    }

    @Test
    void an_edit_of_another_field_is_merged_into_the_open_form()
            throws IOException, InterruptedException {
        String id = TaskPage.made(server, "{\"title\":\"Ours\"}");
        TaskPage page = TaskPage.enter(browser, server);
        Tab tab = page.tab();
        tab.click(".title");
        tab.type("#edit-title", "Mine");
        edit(id, "{\"priority\":\"high\"}");
        tab.await("document.querySelector('#edit-priority').value === 'high'");
        assertEquals("Mine", tab.evaluate("document.querySelector('#edit-title').value"));
        tab.click("#save");
        page.awaitTitle("Mine");
        assertEquals("Mine", title(id));
        page.assertClean();
    }

    @Test
    void markup_in_a_task_is_text() throws IOException, InterruptedException {
        String title = "<img src=x onerror=alert(1)><b>bold</b>";
        TaskPage.made(server, "{\"title\":\"" + title + "\",\"notes\":\"</textarea><b>\"}");
        TaskPage page = TaskPage.enter(browser, server);
        page.awaitTitle(title);
        page.tab().click(".title");
        page.tab().awaitShown("#edit-notes");
        String notes = page.tab().evaluate("document.querySelector('#edit-notes').value");
        assertEquals("</textarea><b>", notes);
        assertEquals("0", page.tab().evaluate("document.querySelectorAll('b, .row img').length"));
        page.assertClean();
    }

    @Test
    void it_comes_back_to_a_server_that_was_away_and_shows_what_was_missed()
            throws IOException, InterruptedException {
        TaskPage page = TaskPage.enter(browser, server);
        page.add("Before");
        int port = server.url().getPort();
        assertEquals(0, server.stop(), server.said());
        page.tab().await("document.querySelector('#state').dataset.state === 'reconnecting'");
        server = RunningRocket.start(folder, Map.of("ROCKET_RATE_LIMIT", "off"), port);
        TaskPage.made(server, "{\"title\":\"Meanwhile\"}");
        page.awaitTitle("Meanwhile");
        page.awaitLive();
        page.awaitRows(2);
        TaskPage.made(server, "{\"title\":\"After\"}");
        page.awaitTitle("After");
    }

    @Test
    void a_revoked_token_is_asked_for_anew() throws IOException, InterruptedException {
        String wish = "{\"name\":\"guest\",\"scopes\":[\"write\"]}";
        String made = server.ask("POST", "/v1/tokens", wish).body();
        Tab tab = browser.tab();
        tab.open(server.url().toString());
        tab.type("#token", RunningRocket.member(made, "token"));
        tab.click("#entry form button");
        TaskPage page = new TaskPage(tab);
        page.awaitLive();
        page.add("Before");
        String id = RunningRocket.member(made, "id");
        assertEquals(204, server.ask("DELETE", "/v1/tokens/" + id, "").statusCode());
        tab.type("#add-title", "After");
        tab.press("Enter");
        tab.awaitShown("#token");
        tab.type("#token", RunningRocket.TOKEN);
        tab.click("#entry form button");
        page.awaitLive();
        page.awaitTitle("Before");
        page.assertClean();
    }

    @Test
    void more_tasks_than_a_page_are_loaded_as_they_are_scrolled_to()
            throws IOException, InterruptedException {
        for (int i = 0; i < 120; i++) {
            TaskPage.made(server, "{\"title\":\"Task " + i + "\"}");
        }
        TaskPage page = TaskPage.enter(browser, server);
        page.awaitTitle("Task 0");
        for (int rows : new int[] {100, 120}) {
            page.tab().await("document.querySelector('#more').checkVisibility()");
            page.tab().evaluate("scrollTo(0, document.body.scrollHeight)");
            page.awaitRows(rows);
        }
        page.tab().await("document.querySelector('#more').hidden");
        page.awaitTitle("Task 119");
        page.assertClean();
    }

    @Test
    void a_task_is_deleted_after_one_more_question() throws IOException, InterruptedException {
        String id = TaskPage.made(server, "{\"title\":\"Gone\"}");
        TaskPage page = TaskPage.enter(browser, server);
        page.tab().click(".title");
        page.tab().click("#edit .danger");
        assertEquals(200, server.ask("GET", "/v1/tasks/" + id, "").statusCode());
        page.tab().click("#edit .danger.full");
        page.awaitRows(0);
        assertEquals(404, server.ask("GET", "/v1/tasks/" + id, "").statusCode());
        page.assertClean();
    }
}
