"""From a paid order to a delivered parcel."""
