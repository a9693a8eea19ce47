// The work of a control plane on many daemons: see fleet.c.
void fleet(const char *members, const char *mode, double warmup, double length);
