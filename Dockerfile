# The packaged service on a Java runtime. Build the jar first: mvn package
FROM eclipse-temurin:17-jre
RUN useradd --uid 10001 --create-home --home-dir /var/lib/crashplug --shell /usr/sbin/nologin crashplug
COPY target/crashplug-*.jar /opt/crashplug.jar
USER 10001
# The default database lies in the folder data below this one.
WORKDIR /var/lib/crashplug
EXPOSE 8080
# Listens on loopback, as everywhere: publishing a port also needs SERVER_ADDRESS=0.0.0.0.
ENTRYPOINT ["java", "-jar", "/opt/crashplug.jar"]
