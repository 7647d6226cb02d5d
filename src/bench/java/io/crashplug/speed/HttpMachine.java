package io.crashplug.speed;

/** A machine of the service, with the requests that plug memory in and take it out again. */
final class HttpMachine {

    private final byte[][] one;
    private final byte[][] many;
    private boolean hasOneMore;
    private boolean hasManyMore;

    HttpMachine(String name) {
        var path = "/machines/%s/hotplug-events".formatted(name);
        one = new byte[][] {
            LightClient.request("POST", path, Guest.add()), LightClient.request("POST", path, Guest.remove())
        };
        many = new byte[][] {
            LightClient.request("POST", path, Guest.addMany()), LightClient.request("POST", path, Guest.removeMany())
        };
    }

    /** Whether it has more memory now than in the beginning, from such change sets. */
    boolean hasMore(boolean ofMany) {
        return ofMany ? hasManyMore : hasOneMore;
    }

    byte[] next(boolean ofMany) {
        return (ofMany ? many : one)[hasMore(ofMany) ? 1 : 0];
    }

    void changed(boolean ofMany) {
        if (ofMany) {
            hasManyMore = !hasManyMore;
        } else {
            hasOneMore = !hasOneMore;
        }
    }
}
