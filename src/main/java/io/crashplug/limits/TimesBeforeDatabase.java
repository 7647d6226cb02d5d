package io.crashplug.limits;

import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AbstractDependsOnBeanFactoryPostProcessor;
import org.springframework.stereotype.Component;

/** The database is told some of the times when it is connected to, and tells less of what is wrong with them. */
@Component
class TimesBeforeDatabase extends AbstractDependsOnBeanFactoryPostProcessor {

    TimesBeforeDatabase() {
        super(DataSource.class, Times.class);
    }
}
