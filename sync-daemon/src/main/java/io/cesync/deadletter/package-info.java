/** Changes that the other side refuses for good, kept with the reason. */
package io.cesync.deadletter;
