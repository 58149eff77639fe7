"""Tables of the desk: views that staff keep of its lists."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from domains.kit import Base, new_id


class SavedViewRow(Base):
    """What a list was asked for, under a name; `query` is the query of its address. Shared ones are everybody's."""

    __tablename__ = "saved_views"
    __table_args__ = (
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("length(query) <= 4000", name="query"),
        Index("ix_saved_views_list_key", "list_key", "account_id"),
        {"schema": "desk"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.accounts.id", ondelete="CASCADE"), index=True)
    list_key: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(60))
    query: Mapped[str] = mapped_column(Text)
    is_shared: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(server_default=text("kit.now()"))
