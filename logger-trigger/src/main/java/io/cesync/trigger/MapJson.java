package io.cesync.trigger;

import java.nio.ByteBuffer;

/**
 * A frozen map: an array of {@code [key,value]}, in stored order, since keys need not be strings.
 */
final class MapJson implements ValueJson {
  private final ValueJson key;
  private final ValueJson value;

  MapJson(ValueJson key, ValueJson value) {
    this.key = key;
    this.value = value;
  }

  @Override
  public boolean write(ByteBuffer map, JsonBytes json) {
    Components components = new Components(map);
    int count = components.count();
    json.add('[');
    for (int i = 0; i < count; i++) {
      ByteBuffer nextKey = components.next();
      ByteBuffer nextValue = components.next();
      if (nextKey == null || nextValue == null) {
        return false;
      }
      if (i > 0) {
        json.add(',');
      }
      json.add('[').value(key, nextKey).add(',').value(value, nextValue).add(']');
    }
    json.add(']');
    return count >= 0 && components.isComplete();
  }
}
