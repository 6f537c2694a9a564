package com.example.provisioning;

import com.example.provisioning.development.DevelopmentPerson;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebClient;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTextArea;
import org.htmlunit.util.NameValuePair;

/** A browser with cookies of its own, at one instance of the application. */
public final class Browser implements AutoCloseable {

    private final WebClient client = new WebClient();
    private String address;

    public Browser(String port) {
        at(port);
        client.getOptions().setThrowExceptionOnFailingStatusCode(false);
        client.getOptions().setCssEnabled(false);
    }

    /** What it knows it keeps: only the next requests go elsewhere, as behind a balancer. */
    public void at(String port) {
        this.address = "http://127.0.0.1:" + port;
    }

    /** From wherever the application sends a stranger, through the issuer, and back. */
    public HtmlPage signIn(DevelopmentPerson person) throws IOException {
        HtmlPage signIn = open("/");
        HtmlPage choice = signIn.getAnchorByText("Sign in with your company").click();
        return choice.getHtmlElementById(person.name().toLowerCase(Locale.ROOT)).click();
    }

    public HtmlPage open(String path) throws IOException {
        return client.getPage(address + path);
    }

    public WebResponse response(String path) throws IOException {
        return client.getPage(address + path).getWebResponse();
    }

    /** What a form of ours would send, to wherever one likes. */
    public WebResponse post(String path) throws IOException {
        String token = open("/").getElementByName("_csrf").getAttribute("value");
        var request = new WebRequest(URI.create(address + path).toURL(), HttpMethod.POST);
        request.setAdditionalHeader("Accept", "text/html");
        request.setRequestParameters(List.of(new NameValuePair("_csrf", token)));
        return client.getPage(request).getWebResponse();
    }

    public WebClient client() {
        return client;
    }

    public static void fill(HtmlPage page, String id, String text) {
        HtmlElement field = page.getHtmlElementById(id);
        if (field instanceof HtmlTextArea area) {
            area.setText(text);
        } else {
            ((HtmlInput) field).setValue(text);
        }
    }

    public static String text(HtmlPage page, String id) {
        return page.getHtmlElementById(id).getTextContent().strip();
    }

    public static HtmlPage press(HtmlPage page, String label) throws IOException {
        for (HtmlElement button : page.getDocumentElement().getElementsByTagName("button")) {
            if (button.getTextContent().strip().equals(label)) {
                return button.click();
            }
        }
        throw new AssertionError("No button '" + label + "' in\n" + page.asNormalizedText());
    }

    @Override
    public void close() {
        client.close();
    }
}
