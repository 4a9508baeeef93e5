package io.cesync.yaml;

/** A record that is one scalar in YAML, not a mapping. */
public interface SingleValue {}
