package io.crashplug.notify;

import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.springframework.boot.http.client.FilteredHostException;

/** Why a receiver has not answered, in a sentence for whoever registered the webhook. */
final class SendFailure {

    /** What is stored. */
    private static final int MAX_LENGTH = 255;

    private SendFailure() {}

    static String sentence(Exception e, Duration timeout) {
        if (e instanceof SocketTimeoutException) {
            return "no answer within %d ms".formatted(timeout.toMillis());
        }
        if (e instanceof FilteredHostException) {
            return "the address of the host is not allowed";
        }
        if (e instanceof UnknownHostException) {
            return "the host is not known";
        }
        if (e instanceof SSLException) {
            return printable("TLS: " + e.getMessage());
        }
        if (e instanceof NoHttpResponseException
                || (e instanceof SocketException && !(e instanceof ConnectException))) {
            return "the connection was closed without an answer";
        }
        return printable(Objects.requireNonNullElse(e.getMessage(), e.toString()));
    }

    private static String printable(String sentence) {
        var printable = sentence.replaceAll("\\p{Cntrl}", " ");
        return printable.length() <= MAX_LENGTH ? printable : printable.substring(0, MAX_LENGTH);
    }
}
