package io.crashplug.notify;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.springframework.boot.http.client.InetAddressFilter;
import org.springframework.stereotype.Component;

/**
 * Where events may be sent: to nothing in the network that the service runs in, unless its operator allows it. Holds
 * when a webhook is registered, as far as its host is known then, and for each connection that is made.
 */
@Component
class Targets {

    private static final String HTTPS = "https";
    private static final int MOST_PORT = 65_535;

    /**
     * What the filter does not know: forms of IPv6 that hold an address of IPv4 (RFC 4291, 2.5.5.1; RFC 2765, 2.1), and
     * ranges for a special purpose that are newer (RFC 9602, RFC 9637).
     */
    private static final String[] ALSO_INSIDE = {"::/96", "::ffff:0:0:0/96", "5f00::/16", "3fff::/20"};

    /** What some read as an address of IPv4, and others as another one. */
    private static final Pattern NUMBER = Pattern.compile("(.*\\.)?(\\d+|0[xX][0-9a-fA-F]*)\\.?");

    private static final Pattern IPV4 = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");
    private static final Pattern LOCAL_NAME = Pattern.compile("(?i)(.*\\.)?localhost\\.?");

    private final InetAddressFilter addresses;

    Targets(WebhookSettings settings) {
        var outside = InetAddressFilter.externalAddresses().andNot(ALSO_INSIDE);
        addresses = settings.allowedNetworks().isEmpty()
                ? outside
                : outside.or(settings.allowedNetworks().toArray(String[]::new));
    }

    InetAddressFilter addresses() {
        return addresses;
    }

    /**
     * Checks a URL.
     *
     * @throws TargetRefused with a sentence, if nothing may be sent there
     */
    void check(URI url) {
        if (!HTTPS.equalsIgnoreCase(url.getScheme()) || url.getHost() == null) {
            throw new TargetRefused("url is not https with a host of letters, digits, hyphens and dots");
        }
        if (url.getPort() == 0 || url.getPort() > MOST_PORT) {
            throw new TargetRefused("url has the port %d, which is none".formatted(url.getPort()));
        }
        if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw new TargetRefused("url has user information or a fragment");
        }
        if ((NUMBER.matcher(url.getHost()).matches()
                        && !IPV4.matcher(url.getHost()).matches())
                || url.getHost().contains("%")) {
            throw new TargetRefused("%s is neither a name nor an address as 203.0.113.7".formatted(url.getHost()));
        }
        if (!mayBeReached(url.getHost())) {
            throw new TargetRefused(
                    "%s is loopback, private or for a special purpose, and not in crashplug.webhooks.allowed-networks"
                            .formatted(url.getHost()));
        }
    }

    private boolean mayBeReached(String host) {
        if (LOCAL_NAME.matcher(host).matches()) {
            return addresses.matches(InetAddress.getLoopbackAddress());
        }
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).anyMatch(addresses::matches);
        } catch (UnknownHostException e) {
            // It may become known.
            return true;
        }
    }
}
