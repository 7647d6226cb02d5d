package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.crashplug.testdata.ExternalTool;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Swagger UI in a browser, as its user clicks through it. */
final class SwaggerUi implements AutoCloseable {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final double PATIENCE_MILLIS = 60_000;

    private final Playwright playwright;
    private final Browser browser;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    /** Opens it, where there is a browser; else the test is left out, and fails where {@code CI=true}. */
    SwaggerUi(int port) {
        if (!Files.isExecutable(CHROMIUM)) {
            ExternalTool.leftOut("chromium is missing, so Swagger UI is not looked at");
        }
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
        page = browser.newPage();
        page.setDefaultTimeout(PATIENCE_MILLIS);
        page.onPageError(complaints::add);
        // A browser reports there, too, what a policy keeps it from; answers that are no success are the service's own.
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                complaints.add(message.text());
            }
        });
        page.onRequest(request -> {
            var host = URI.create(request.url().replaceFirst("[?#].*", "")).getHost();
            if (host != null && !host.equals("127.0.0.1")) {
                complaints.add("a request to " + host);
            }
        });
        page.navigate("http://127.0.0.1:%d/swagger-ui.html".formatted(port));
        page.locator(".info .title").first().waitFor();
    }

    /** What the browser complained of. */
    List<String> complaints() {
        return complaints;
    }

    /** Has the page load a picture, and waits until that came to an end. */
    void show(String url) {
        page.evaluate(
                "url => new Promise(done => { const i = new Image(); i.onload = i.onerror = done; i.src = url; })",
                url);
    }

    void authorize(String token) {
        page.locator(".scheme-container .btn.authorize").click();
        page.locator(".auth-container input").fill(token);
        page.locator(".auth-btn-wrapper .btn.authorize").click();
        page.locator(".auth-btn-wrapper .btn-done").click();
    }

    /** Sends an operation's request as its form has it, and tells the status that is shown. */
    String execute(String tag, String operation) {
        Locator block = page.locator("#operations-%s-%s".formatted(tag, operation));
        block.locator(".opblock-summary-control").click();
        block.locator(".try-out__btn").click();
        block.locator(".execute").click();
        var status = block.locator(".live-responses-table .response .response-col_status")
                .first();
        status.waitFor();
        var shown = status.innerText().strip();
        assertThat(shown).isNotEmpty();
        return shown.substring(0, 3);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
