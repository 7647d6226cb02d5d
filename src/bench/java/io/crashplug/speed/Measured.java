package io.crashplug.speed;

/** Events of one side, and the time in which they were sent. */
record Measured(Latencies latencies, long nanos) {

    static final Measured NOTHING = new Measured(new Latencies(), 0);

    Measured and(Measured more) {
        var both = new Latencies();
        both.add(latencies);
        both.add(more.latencies);
        return new Measured(both, nanos + more.nanos);
    }

    int events() {
        return latencies.count();
    }

    double perSecond() {
        return events() / (nanos / 1e9);
    }

    @Override
    public String toString() {
        return "%8.1f/s  p50 %7.2f ms  p99 %7.2f ms"
                .formatted(perSecond(), latencies.percentileMillis(50), latencies.percentileMillis(99));
    }
}
