package io.crashplug.scale;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.UUID;

/**
 * A fleet in a database of its own, with the service over it.
 *
 * @param machines how many, vm-000000 upwards
 * @param history events of the machine "long-history"
 * @param middle id of the machine in the middle
 */
record Fleet(Service service, int machines, int history, UUID middle) {

    static final String LONG = "long-history";

    Client client() {
        return service.client();
    }

    /** A machine whose header follows its layout. */
    String anyInOrder(Random random) {
        return name(random.nextInt(machines / Templates.COUNT) * Templates.COUNT + random.nextInt(Templates.IN_ORDER));
    }

    String any(Random random) {
        return name(random.nextInt(machines));
    }

    static String name(int n) {
        return "vm-%06d".formatted(n);
    }

    /** Page token of a list of numbers that continues after one of them. */
    static String after(Object key) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.valueOf(key).getBytes(StandardCharsets.UTF_8));
    }
}
