package io.crashplug.web;

import io.crashplug.problem.Problem;

/** The order of a list on the wire. */
public final class Order {

    private Order() {}

    /** Whether a list is asked for oldest first. */
    public static boolean isAscending(String order) {
        if (!order.equals("asc") && !order.equals("desc")) {
            throw Problem.invalid("order", "order is asc or desc").toException();
        }
        return order.equals("asc");
    }
}
