package dev.rocket.bootstrap.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rocket.bootstrap.process.RunningRocket;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;

/** The task page in one tab. */
record TaskPage(Tab tab) {

    private static final String ROWS = "document.querySelectorAll('.row').length";

    /** Opens it, gives it the token, and waits until it follows the feed. */
    static TaskPage enter(Browser browser, RunningRocket server) {
        TaskPage page = new TaskPage(browser.tab());
        page.tab.open(server.url().toString());
        page.tab.type("#token", RunningRocket.TOKEN);
        page.tab.click("#entry form button");
        page.awaitLive();
        return page;
    }

    /** Makes a task as another client; its id. */
    static String made(RunningRocket server, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = server.ask("POST", "/v1/tasks", body);
        assertEquals(201, answer.statusCode(), answer.body());
        return RunningRocket.member(answer.body(), "id");
    }

    /** Waits until it follows the feed and shows what there is. */
    void awaitLive() {
        tab.await("document.querySelector('#state')?.dataset.state === 'live'");
        tab.await("document.querySelector('#empty')?.hidden === false || " + ROWS + " > 0");
    }

    /** Adds a task with the form above the list. */
    void add(String title) {
        tab.type("#add-title", title);
        tab.press("Enter");
        awaitTitle(title);
    }

    /** Waits until a task of that title is listed. */
    void awaitTitle(String title) {
        tab.await(
                "[...document.querySelectorAll('.title')].some(e => e.textContent === "
                        + JsonTree.quote(title)
                        + ")");
    }

    /** Waits until so many tasks are listed. */
    void awaitRows(int rows) {
        tab.await(ROWS + " === " + rows);
    }

    /** Asks for another status. */
    void filter(String status) {
        tab.click("#filter-status label[for=status-" + status + "]");
    }

    /** Nothing went wrong but the question whether a token is needed, and these statuses. */
    void assertClean(int... expected) {
        int[] all = Arrays.copyOf(expected, expected.length + 1);
        all[expected.length] = 401;
        assertEquals(List.of(), tab.errors(all));
    }
}
