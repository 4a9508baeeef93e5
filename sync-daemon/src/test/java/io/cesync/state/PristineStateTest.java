package io.cesync.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The {@code state.yaml} of the repository is what an empty state is saved as; {@code
 * -Ddocs.write=true} writes it.
 */
class PristineStateTest {
  private static final Path FILE = Path.of("../state.yaml");

  @Test
  void itIsEmpty() throws IOException {
    if (Boolean.getBoolean("docs.write")) {
      new StateFile(FILE).save(State.EMPTY);
    }
    assertThat(new StateFile(FILE).load()).isEqualTo(State.EMPTY);
    assertThat(Files.readString(FILE)).isEqualTo(StateText.write(State.EMPTY));
  }
}
