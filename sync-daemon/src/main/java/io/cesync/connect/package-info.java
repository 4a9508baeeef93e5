/** Opening connections to both servers as the settings say. */
package io.cesync.connect;
