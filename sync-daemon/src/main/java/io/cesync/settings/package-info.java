/** Every setting: declared once in the records here, read strictly from YAML. */
package io.cesync.settings;
