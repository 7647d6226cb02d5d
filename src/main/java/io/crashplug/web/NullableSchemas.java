package io.crashplug.web;

import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says of a record's fields what their types say: those that are not nullable are required, the others may be null. */
@Component
class NullableSchemas implements ModelConverter {

    private static final String NULL = "null";

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        if (!chain.hasNext()) {
            return null;
        }
        Schema<?> schema = chain.next().resolve(type, context, chain);
        var record = recordOf(type);
        if (schema != null && record != null) {
            var defined = schema.get$ref() == null
                    ? schema
                    : context.getDefinedModels().get(schema.get$ref().replaceFirst(".*/", ""));
            if (defined != null && defined.getProperties() != null && defined.getRequired() == null) {
                complete(defined, record);
            }
        }
        return schema;
    }

    private static @Nullable Class<?> recordOf(AnnotatedType type) {
        JavaType java = Json31.mapper().constructType(type.getType());
        return java.getRawClass().isRecord() ? java.getRawClass() : null;
    }

    private static void complete(Schema<?> schema, Class<?> record) {
        var required = new ArrayList<String>();
        for (var component : record.getRecordComponents()) {
            var property = (Schema<?>) schema.getProperties().get(component.getName());
            if (property == null) {
                continue;
            }
            var items = itemsOfRawArray(component);
            if (items != null) {
                schema.getProperties().put(component.getName(), items);
            }
            if (property.getAdditionalProperties() instanceof Schema<?> values && hasNullableValues(component)) {
                property.setAdditionalProperties(orNull(values));
            }
            if (isOptional(component)) {
                schema.getProperties().put(component.getName(), orNull(property));
            } else {
                required.add(component.getName());
            }
        }
        schema.setRequired(required);
    }

    private static boolean isOptional(RecordComponent component) {
        var documented = component.getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
        if (documented == null) {
            documented = component.getAccessor().getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
        }
        boolean leftOut = documented != null
                && documented.requiredMode() == io.swagger.v3.oas.annotations.media.Schema.RequiredMode.NOT_REQUIRED;
        return leftOut || component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** Whether it is a map whose values may be null, as those of a patch are. */
    private static boolean hasNullableValues(RecordComponent component) {
        return component.getAnnotatedType() instanceof AnnotatedParameterizedType map
                && Map.class.isAssignableFrom(component.getType())
                && map.getAnnotatedActualTypeArguments()[1].isAnnotationPresent(Nullable.class);
    }

    /** JSON that is stored as text and answered as it is has the type that its annotation says. */
    private static @Nullable Schema<?> itemsOfRawArray(RecordComponent component) {
        var array = component.getAccessor().getAnnotation(ArraySchema.class);
        if (array == null || component.getType() != String.class) {
            return null;
        }
        var named = array.schema().implementation().getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
        var items = new JsonSchema();
        items.set$ref("#/components/schemas/" + named.name());
        var schema = new JsonSchema();
        schema.setTypes(Set.of("array"));
        schema.setItems(items);
        return schema;
    }

    @SuppressWarnings("unchecked") // the items of an enum are of the schema's own type
    private static void allowNull(Schema<?> property) {
        if (property.getEnum() != null) {
            var items = new ArrayList<@Nullable Object>(property.getEnum());
            items.add(null);
            ((Schema<Object>) property).setEnum(items);
        }
    }

    private static Schema<?> orNull(Schema<?> property) {
        if (property.get$ref() == null) {
            Set<String> types = new LinkedHashSet<>(property.getTypes() == null ? Set.of() : property.getTypes());
            if (property.getType() != null) {
                types.add(property.getType());
            }
            if (!types.isEmpty()) {
                types.add(NULL);
                property.setTypes(types);
            }
            allowNull(property);
            return property;
        }
        var reference = new JsonSchema();
        reference.set$ref(property.get$ref());
        var nothing = new JsonSchema();
        nothing.setTypes(Set.of(NULL));
        var either = new JsonSchema();
        either.setAnyOf(List.of(reference, nothing));
        either.setDescription(property.getDescription());
        return either;
    }
}
