# The packaged service on a Java runtime. Make what it copies first: mvn package
FROM eclipse-temurin:25-jre-noble

LABEL org.opencontainers.image.title="Crashplug" \
      org.opencontainers.image.description="Keeps kdump's elfcorehdr right across CPU and memory hotplug" \
      org.opencontainers.image.licenses="Apache-2.0"

RUN groupadd --gid 10001 crashplug \
    && useradd --no-log-init --uid 10001 --gid 10001 --create-home --home-dir /var/lib/crashplug \
        --shell /usr/sbin/nologin crashplug

# What changes least comes first: a new version of the service is a layer below one megabyte, and its archive.
COPY target/crashplug/lib /opt/crashplug/lib
COPY target/crashplug/native /opt/crashplug/native
COPY target/crashplug/bin /opt/crashplug/bin
COPY target/crashplug/crashplug.jar /opt/crashplug/crashplug.jar
# The archive of classes holds for one Java and one place, so it is made here.
RUN ["/opt/crashplug/bin/prepare"]

# By number, so that a cluster can see that it is not root.
USER 10001:10001
# The default database lies in the folder data below this one; nothing else is written but temporary files in /tmp.
WORKDIR /var/lib/crashplug
VOLUME ["/var/lib/crashplug"]
# Of the container's memory; the rest is for code, threads and buffers. Another value of the variable replaces it.
ENV JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=60"
# Listens on loopback, as everywhere: publishing a port also needs SERVER_ADDRESS=0.0.0.0, and that
# CRASHPLUG_SECURITY_AUTHENTICATION=required.
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s --retries=3 CMD ["/opt/crashplug/bin/healthy"]
# Arguments are the service's: properties, or a job to do instead of serving.
ENTRYPOINT ["/opt/crashplug/bin/crashplug"]
