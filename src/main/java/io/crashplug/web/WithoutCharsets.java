package io.crashplug.web;

import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** All text is UTF-8, whatever charset a client would rather have; JSON has no other (RFC 8259, section 8.1). */
@Configuration(proxyBeanMethods = false)
class WithoutCharsets implements WebMvcConfigurer {

    @Override
    public void configureContentNegotiation(ContentNegotiationConfigurer configurer) {
        configurer.strategies(List.of(new HeaderContentNegotiationStrategy() {
            @Override
            public List<MediaType> resolveMediaTypes(NativeWebRequest request)
                    throws HttpMediaTypeNotAcceptableException {
                return super.resolveMediaTypes(request).stream()
                        .map(WithoutCharsets::withoutCharset)
                        .toList();
            }
        }));
    }

    private static MediaType withoutCharset(MediaType type) {
        return type.getCharset() == null
                ? type
                : new MediaType(type.getType(), type.getSubtype(), type.getQualityValue());
    }
}
