package io.crashplug.notify;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.springframework.boot.http.client.InetAddressFilter;
import org.springframework.stereotype.Component;

/**
 * Where events may be sent: to nothing in the network that the service runs in, unless its operator allows it. Holds
 * when a webhook is registered, as far as its host is known then, and for each connection that is made.
 */
@Component
class Targets {

    private static final String HTTPS = "https";

    /** The form of IPv6 that holds an address of IPv4, and is not in use: RFC 4291, 2.5.5.1. */
    private static final String IPV4_COMPATIBLE = "::/96";

    private final InetAddressFilter addresses;

    Targets(WebhookSettings settings) {
        var outside = InetAddressFilter.externalAddresses().andNot(IPV4_COMPATIBLE);
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
        if (!HTTPS.equalsIgnoreCase(url.getScheme()) || url.getHost() == null || url.getPort() == 0) {
            throw new TargetRefused("url is not https with a host");
        }
        if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw new TargetRefused("url has user information or a fragment");
        }
        if (!mayBeReached(url.getHost())) {
            throw new TargetRefused(
                    "%s is loopback, private or for a special purpose, and not in crashplug.webhooks.allowed-networks"
                            .formatted(url.getHost()));
        }
    }

    private boolean mayBeReached(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).anyMatch(addresses::matches);
        } catch (UnknownHostException e) {
            // It may become known.
            return true;
        }
    }
}
