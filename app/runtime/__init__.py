"""What both faces of the shop share: settings, rendering, the queue, embedded servers and the supervisor."""
