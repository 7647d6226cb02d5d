package io.crashplug.web;

import java.util.Base64;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;

/** Reads bytes from whole and padded base64 only: text that was cut on the way must not pass for shorter bytes. */
@Configuration(proxyBeanMethods = false)
class Base64Bytes {

    @Bean
    JacksonModule bytesAsPaddedBase64() {
        return new SimpleModule("base64").addDeserializer(byte[].class, new BytesDeserializer());
    }

    private static final class BytesDeserializer extends StdDeserializer<byte[]> {

        private static final int GROUP = 4;

        private BytesDeserializer() {
            super(byte[].class);
        }

        @Override
        public byte[] deserialize(JsonParser json, DeserializationContext context) {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                return (byte[]) context.handleUnexpectedToken(context.constructType(byte[].class), json);
            }
            var text = json.getString();
            try {
                if (text.length() % GROUP == 0) {
                    return Base64.getDecoder().decode(text);
                }
            } catch (IllegalArgumentException e) {
                // Answered below.
            }
            return (byte[]) context.handleWeirdStringValue(byte[].class, "", "not base64");
        }
    }
}
