package com.example.provisioning.chromium;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.ApplicationTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.springframework.boot.test.web.server.LocalServerPort;

/** One walk through all pages, by keyboard. Whatever the content security policy stops is an error here. */
@ApplicationTest
class PagesInChromiumTests {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String TALLER_THAN_ANY_PAGE = "return Math.max(document.body.scrollHeight, 600) + 200";

    private final ChromeDriver browser = new ChromeDriver(options());
    private String device;
    private int width;

    @AfterEach
    void close() {
        browser.quit();
    }

    @ParameterizedTest
    @CsvSource({"desk, 1200", "phone, 390"})
    void aWalkThroughAllPages(String device, int width, @LocalServerPort String port) throws Exception {
        this.device = device;
        this.width = width;
        browser.manage().timeouts().implicitlyWait(PATIENCE); // for what htmx loads afterwards

        browser.get("http://127.0.0.1:" + port);
        look("sign-in");
        press("Sign in with your company");
        look("who-are-you");
        press("Ada");
        look("home");
        var home = browser.getCurrentUrl();

        press("Documents");
        type("title", "Letter");
        type("text", "Dear Charles," + Keys.ENTER + "your engine" + Keys.ENTER + "is fine.");
        press("Create");
        look("document");
        overtakenBySomebody();
        type("text", Keys.chord(Keys.CONTROL, Keys.END) + " Very fine.");
        press("Save");
        look("conflict");
        press("Save mine");
        look("saved");
        browser.get(home);
        press("Documents");
        look("documents");

        browser.get(home);
        press("Projects");
        type("name", "Engine");
        press("Create");
        type("name", "Wheel");
        press("Add");
        look("project");
        press("Generate");
        browser.findElement(By.xpath("//p[@role='status'][contains(., 'Being generated')]"));
        look("generating");

        browser.get(home);
        press("Bookings");
        type("name", "Room");
        press("Create");
        press("Book");
        press("Book");
        look("fully-booked");

        browser.get(home + "nothing-here");
        look("not-found");
        browser.get(home);
        press("Sign out");
        look("signed-out");
    }

    /** In another tab. */
    private void overtakenBySomebody() {
        var mine = browser.getWindowHandle();
        var address = browser.getCurrentUrl();
        browser.switchTo().newWindow(WindowType.TAB).get(address);
        type("text", "Hello." + Keys.ENTER);
        press("Save");
        browser.close();
        browser.switchTo().window(mine);
    }

    /**
     * As with the tab and enter keys: what cannot be focused cannot be pressed. Comes back when what was pressed is gone,
     * with its page or replaced by htmx: until then the next thing of the same name would be found on the old page.
     */
    private void press(String label) {
        var target = browser.findElement(By.xpath(
                "//main//a[normalize-space()='%1$s'] | //main//button[normalize-space()='%1$s']"
                                .formatted(label)
                        + " | //header//button[normalize-space()='%1$s'] | //ul/li/a[normalize-space()='%1$s']"
                                .formatted(label)));
        target.sendKeys(Keys.ENTER);
        new WebDriverWait(browser, PATIENCE)
                .ignoring(WebDriverException.class) // while one page takes the place of the other, the driver knows neither
                .until(ExpectedConditions.stalenessOf(target));
    }

    private void type(String id, CharSequence text) {
        var field = browser.findElement(By.id(id));
        assertThat(browser.findElements(By.cssSelector("label[for='" + id + "']"))).as("label of " + id).hasSize(1);
        field.sendKeys(text);
    }

    private void look(String name) throws IOException {
        browser.manage().window().setSize(new Dimension(width, 900));
        assertThat((Boolean) script("return document.documentElement.scrollWidth <= window.innerWidth"))
                .as("%s on a %s can be read without scrolling sideways", name, device)
                .isTrue();
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
                .as("what the browser complains about on %s", name)
                .filteredOn(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .filteredOn(entry -> !entry.getMessage().contains("status of 4")) // refusals are asked for
                .isEmpty();
        browser.manage().window().setSize(new Dimension(width, ((Number) script(TALLER_THAN_ANY_PAGE)).intValue()));
        var folder = Files.createDirectories(Path.of("target/screenshots", device));
        Files.write(folder.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
    }

    private Object script(String script) {
        return ((JavascriptExecutor) browser).executeScript(script);
    }

    private static ChromeOptions options() {
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        var options = new ChromeOptions();
        options.setBinary(System.getProperty("chromium"));
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu");
        options.setCapability("goog:loggingPrefs", logs);
        return options;
    }
}
