/** Reading the change log: entries, the windows of time to read, and what has been seen already. */
package io.cesync.changelog;
