/** Creating what cesync needs in both servers, and trying it out. */
package io.cesync.install;
