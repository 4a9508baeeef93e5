package io.cesync.local;

import java.util.LinkedHashMap;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** Search servers as containers of the makers' images, which take settings as environment. */
record SearchContainers(SearchSpec spec) implements SearchLauncher {
  @Override
  public Launch launch(NodeFolder folder, Map<String, Object> settings) {
    Map<String, String> environment = new LinkedHashMap<>();
    settings.forEach((key, value) -> environment.put(key, String.valueOf(value)));
    environment.put(spec.product().environmentPrefix + "_JAVA_OPTS", spec.javaOptions());
    if (spec.product() == SearchProduct.OPENSEARCH) {
      environment.put("DISABLE_SECURITY_PLUGIN", "true");
      environment.put("DISABLE_INSTALL_DEMO_CONFIG", "true");
    }
    DockerImageName image = DockerImageName.parse(spec.product().image).withTag(spec.version());
    return new ContainerLaunch(
        new GenericContainer<>(image).withEnv(environment), folder.console());
  }
}
