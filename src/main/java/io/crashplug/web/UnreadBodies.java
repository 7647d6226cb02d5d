package io.crashplug.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/** Closes the connection where nobody is to wait for the rest of a body; Tomcat would read it, however slowly it comes. */
final class UnreadBodies extends ValveBase {

    private static final String ATTRIBUTE = UnreadBodies.class.getName();

    UnreadBodies() {
        super(true);
    }

    /** Has the connection closed behind the answer to a request. */
    static void leave(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
        if (request.getAttribute(ATTRIBUTE) != null) {
            request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }
}
