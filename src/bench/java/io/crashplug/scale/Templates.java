package io.crashplug.scale;

/**
 * Ten machines with about ten events each, made through the API: what a fleet is multiplied from. Of ten, six are in
 * order, and four are not, each for a reason of its own.
 */
final class Templates {

    static final int COUNT = 10;

    /** Those up to this number have an image that follows their layout. */
    static final int IN_ORDER = 6;

    /** Events of the machine that a long history is multiplied from, without its load. */
    static final int CYCLE = 200;

    static final String CYCLIC = "template-cyclic";

    private final Client client;

    private Templates(Client client) {
        this.client = client;
    }

    static void make(Client client) {
        var templates = new Templates(client);
        for (int i = 0; i < COUNT; i++) {
            templates.make(i);
        }
        templates.cyclic();
    }

    static String name(int template) {
        return "template-" + template;
    }

    private void make(int template) {
        var name = name(template);
        switch (template) {
            case 6 -> {
                create(name, "LINUX_6_9", 16);
                load(name);
                plug(name, 7);
                change(name, Guests.addTooMany(20, 80));
            }
            case 7 -> {
                create(name, "LINUX_6_9", 8192);
                load(name);
                plug(name, 7);
                change(name, Guests.removeStillListed(1000));
            }
            case 8 -> {
                create(name, "LINUX_BEFORE_6_6", 8192);
                load(name);
                plug(name, 8);
            }
            case 9 -> {
                create(name, "LINUX_6_9", 8192);
                plug(name, 9);
            }
            default -> {
                create(name, template == 5 ? "RFC_V2" : template == 4 ? "LINUX_6_6" : "LINUX_6_9", 8192);
                load(name);
                plug(name, 8);
            }
        }
    }

    /** A layout that is back where it was after its events, so that they can be told again and again. */
    private void cyclic() {
        create(CYCLIC, "LINUX_6_9", 8192);
        load(CYCLIC);
        for (int i = 0; i < CYCLE / 4; i++) {
            change(CYCLIC, Guests.add(2 * i));
            change(CYCLIC, Guests.remove(2 * i));
            change(CYCLIC, Guests.addCpu(7));
            change(CYCLIC, Guests.removeCpu(7));
        }
    }

    private void create(String name, String profile, int crashMaxMemoryRanges) {
        client.post("/machines", Guests.small(name, profile, "gold", crashMaxMemoryRanges));
    }

    private void load(String name) {
        client.put("/machines/%s/crash-image".formatted(name), Guests.FILE_LOAD);
    }

    /** As many events; the first plugs block 1000, which stays. */
    private void plug(String name, int events) {
        change(name, Guests.add(1000));
        for (int i = 1; i < events; i++) {
            change(name, i == 1 ? Guests.addCpu(7) : Guests.add(1000 + 2 * i));
        }
    }

    private void change(String name, String changes) {
        client.post("/machines/%s/hotplug-events".formatted(name), changes);
    }
}
