package io.crashplug.web;

import io.crashplug.limits.Limits;
import io.crashplug.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How many items a page may have. */
@Component
public class PageSizes {

    private static final int DEFAULT_SIZE = 50;

    private final int most;

    PageSizes(Limits limits) {
        this.most = limits.pageSize();
    }

    /** The size a client asks for, within bounds; null stands for none. */
    public int of(@Nullable Integer asked) {
        if (asked == null) {
            return Math.min(DEFAULT_SIZE, most);
        }
        if (asked < 1 || asked > most) {
            throw Problem.invalid("pageSize", "pageSize is %d, not between 1 and %d".formatted(asked, most))
                    .toException();
        }
        return asked;
    }
}
