package io.crashplug.speed;

import java.io.IOException;
import java.util.List;

/** A client of the service that sends its machines' change sets over one connection and looks at each answer. */
final class HttpSender implements Load.Sender {

    private final LightClient client;
    private final List<HttpMachine> machines;
    private final boolean many;
    private int next;

    /**
     * A client.
     *
     * @param many whether it sends change sets of {@value Guest#SET_OF} changes, or else of one
     */
    HttpSender(LightClient client, List<HttpMachine> machines, boolean many) {
        this.client = client;
        this.machines = machines;
        this.many = many;
    }

    @Override
    public void send() throws IOException {
        send(machines.get(next));
        next = (next + 1) % machines.size();
    }

    private void send(HttpMachine machine) throws IOException {
        client.send(machine.next(many)).require(201, "\"outcome\":\"REBUILT\"");
        machine.changed(many);
    }

    @Override
    public void finish() throws IOException {
        for (var machine : machines) {
            if (machine.hasMore(many)) {
                send(machine);
            }
        }
    }
}
